"""What the user sees; the only place, beside ``app.py``, that knows Streamlit."""
