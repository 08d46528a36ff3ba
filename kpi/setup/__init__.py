"""Setting a bureau up (建局): trying a catalogue before it counts."""
