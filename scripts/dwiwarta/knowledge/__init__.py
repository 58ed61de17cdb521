"""What the program knows beforehand: YAML for what editors may change, and the calendar."""
