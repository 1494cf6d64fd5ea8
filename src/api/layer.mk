noinst_LIBRARIES += libapi.a
libapi_a_CPPFLAGS = $(AM_CPPFLAGS) $(NETTLE_CFLAGS)
libapi_a_SOURCES = \
	src/api/link.c src/api/link.h \
	src/api/link_style.c src/api/link_style.h \
	src/api/storage.c src/api/storage.h \
	src/api/storage_azure.c \
	src/api/storage_gcs.c \
	src/api/storage_kinds.h \
	src/api/storage_plain.c \
	src/api/storage_s3.c
