"""What the consultant knows: rows with conditions, values, validity and sources, read from `data/rule_table/`."""
