"""From rows to words: values, dates, sources and the frames around them, in the asker's language and script."""
