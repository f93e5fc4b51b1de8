"""What the map costs, beside a plain Folium map."""
