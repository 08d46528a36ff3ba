"""What the one who runs the system asks of it."""
