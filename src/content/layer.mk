# Sources of src/content/
