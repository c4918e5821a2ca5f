"""What is kept of Slack in the shared store, a file for each kind of thing."""
