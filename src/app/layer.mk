# Sources of src/app/
