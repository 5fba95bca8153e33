"""References from elsewhere: read in the formats that exchange them, made rows of the citations table, and exported."""
