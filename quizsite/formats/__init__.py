"""How the site writes dates, by language, where Django would write them another way."""
