unit_content = unit_content_choices unit_content_corrupt
check_PROGRAMS += $(unit_content)
TESTS += $(unit_content)
UNIT_CONTENT_LIBS = libcontent.a $(UNIT_DATA_LIBS)
unit_content_choices_SOURCES = \
	tests/unit/content/folder.h \
	tests/unit/content/test_choices.c tests/unit/data/sample.h
unit_content_choices_CPPFLAGS = $(unit_data_arithmetic_CPPFLAGS)
unit_content_choices_LDADD = $(UNIT_CONTENT_LIBS)
unit_content_corrupt_SOURCES = \
	tests/unit/content/damage.c tests/unit/content/damage.h \
	tests/unit/content/folder.h \
	tests/unit/content/test_corrupt.c tests/unit/data/sample.h
unit_content_corrupt_CPPFLAGS = $(unit_data_arithmetic_CPPFLAGS)
unit_content_corrupt_LDADD = libcontent.a libdata.a libcore.a libcontract.a libbase.a $(UNIT_LIBS)
