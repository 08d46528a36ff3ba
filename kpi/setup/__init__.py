"""A bureau sets itself up (建局): what its own sheets say is proposed as a catalogue, and a changed catalogue is tried before it counts."""
