"""The plan: the whole consultation as one page to keep. Pure: data in, text or a page out."""
