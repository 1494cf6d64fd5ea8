noinst_LIBRARIES += libdata.a
libdata_a_SOURCES = \
	src/data/dataset.h
