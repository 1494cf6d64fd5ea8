noinst_LIBRARIES += libapi.a
libapi_a_CPPFLAGS = $(AM_CPPFLAGS) $(NETTLE_CFLAGS)
libapi_a_SOURCES = \
	src/api/add_request.c src/api/add_request.h \
	src/api/api.h \
	src/api/api_error.c src/api/api_error.h \
	src/api/export_view.c src/api/export_view.h \
	src/api/exports_add.c \
	src/api/exports_get_all.c \
	src/api/file_host.c src/api/file_host.h \
	src/api/link.c src/api/link.h \
	src/api/link_style.c src/api/link_style.h \
	src/api/operation.c src/api/operation.h \
	src/api/routes.c \
	src/api/storage.c src/api/storage.h \
	src/api/storage_azure.c \
	src/api/storage_gcs.c \
	src/api/storage_kinds.h \
	src/api/storage_plain.c \
	src/api/storage_s3.c \
	src/api/trouble.c src/api/trouble.h \
	src/api/why.c src/api/why.h
