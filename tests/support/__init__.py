"""What tests of several contexts share that is not a fixture."""
