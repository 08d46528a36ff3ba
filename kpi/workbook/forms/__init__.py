"""Forms (报表): from the tables of a sheet to the labelled figures of an office, a month and an organisation."""
