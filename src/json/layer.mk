# Sources of src/json/
