"""READ: bytes of an office file → sheets → labelled values, each with its cell; and the template sheets themselves."""
