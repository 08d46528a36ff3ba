"""What stands between the browser and the pages: plain ASGI, knowing neither Streamlit nor the figures."""
