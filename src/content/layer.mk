noinst_LIBRARIES += libcontent.a
libcontent_a_SOURCES = \
	src/content/content.c src/content/content.h \
	src/content/fixtures.c src/content/fixtures.h \
	src/content/variants.c src/content/variants.h
