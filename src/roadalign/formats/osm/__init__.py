"""Files of OpenStreetMap, in whichever order and dialect they come."""
