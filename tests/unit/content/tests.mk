unit_content = unit_content_choices
check_PROGRAMS += $(unit_content)
TESTS += $(unit_content)
UNIT_CONTENT_LIBS = libcontent.a $(UNIT_DATA_LIBS)
unit_content_choices_SOURCES = tests/unit/content/test_choices.c tests/unit/data/sample.h
unit_content_choices_CPPFLAGS = $(unit_data_arithmetic_CPPFLAGS)
unit_content_choices_LDADD = $(UNIT_CONTENT_LIBS)
