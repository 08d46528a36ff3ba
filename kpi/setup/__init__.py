"""A bureau sets itself up (建局): what its own sheets say is read and proposed as a catalogue, and a statistician confirms it."""
