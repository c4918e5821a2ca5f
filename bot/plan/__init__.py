"""Plans for those who keep them: as PDF, and as the page that the bot serves."""
