"""What runs around the actions: understanding, channels, server, command line."""
