# Sources of src/admin/
