# Sources of src/core/
