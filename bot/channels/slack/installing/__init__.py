"""How Wenhao gets into a workspace: the app manifest, and the installation in many workspaces by OAuth."""
