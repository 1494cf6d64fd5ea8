# Sources of src/options/
