"""How fast synthesis is: measured in whole processes, and written nowhere."""
