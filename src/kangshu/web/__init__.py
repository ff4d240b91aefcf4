"""The shell: navigation, work desk and pages assembled from registered panels."""
