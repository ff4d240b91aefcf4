"""The language in which capabilities are stated: frozen, validated, serialisable values."""
