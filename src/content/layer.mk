noinst_LIBRARIES += libcontent.a
libcontent_a_SOURCES = \
	src/content/chain.c src/content/chain.h \
	src/content/content.c src/content/content.h \
	src/content/corrupt.c src/content/corrupt.h \
	src/content/cut_character.c src/content/cut_character.h \
	src/content/fixtures.c src/content/fixtures.h \
	src/content/scan.c src/content/scan.h \
	src/content/variants.c src/content/variants.h
