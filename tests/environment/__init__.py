"""The bootstrap, the pins and the servers that the tests themselves stand on."""
