"""The command line `wenhao`: one file per command, heavy imports only where a command needs them."""
