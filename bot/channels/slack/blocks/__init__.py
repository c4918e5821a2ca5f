"""What is shown in Slack, as Block Kit: pure functions from words and data to blocks, views and modals."""
