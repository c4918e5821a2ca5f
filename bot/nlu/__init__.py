"""Understanding: Rasa graph components over pure functions, named in `config.yml`."""
