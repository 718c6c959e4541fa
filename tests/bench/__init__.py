"""The benchmark: what a switch of layers costs, here and in the usual st_folium page. Run `python -m tests.bench`."""
