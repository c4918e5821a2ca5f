"""What is done about each thing that people write or press, after it is safely in the inbox: a file for each kind."""
