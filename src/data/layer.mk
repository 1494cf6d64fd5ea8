noinst_LIBRARIES += libdata.a
libdata_a_SOURCES = \
	src/data/block.c src/data/block.h \
	src/data/calendar.c src/data/calendar.h \
	src/data/dataset.c src/data/dataset.h \
	src/data/dataset_words.c \
	src/data/design.c src/data/design.h \
	src/data/design_steps.h \
	src/data/design_charges.c \
	src/data/design_inventory.c \
	src/data/design_ledger.c \
	src/data/design_lives.c \
	src/data/design_settlements.c \
	src/data/design_stays.c \
	src/data/file.c src/data/file.h \
	src/data/hazard.c src/data/hazard.h \
	src/data/hotel.c src/data/hotel.h \
	src/data/ids.c src/data/ids.h \
	src/data/layouts.c src/data/layouts.h \
	src/data/money.c src/data/money.h \
	src/data/names.c src/data/names.h \
	src/data/outline.c src/data/outline.h \
	src/data/patch.h \
	src/data/plan.c src/data/plan.h \
	src/data/plan_find.c \
	src/data/render.c src/data/render.h \
	src/data/row.c src/data/row.h \
	src/data/rows.h \
	src/data/rows_availability.c \
	src/data/rows_bill.c \
	src/data/rows_common.c \
	src/data/rows_company.c \
	src/data/rows_customer.c \
	src/data/rows_ledger_entry.c \
	src/data/rows_order_item.c \
	src/data/rows_payment.c \
	src/data/rows_reservation.c \
	src/data/scale.c src/data/scale.h \
	src/data/shelf.c src/data/shelf.h \
	src/data/slice.c src/data/slice.h \
	src/data/strange.c src/data/strange.h \
	src/data/strange_names.c src/data/strange_names.h \
	src/data/workshop.c src/data/workshop.h
EXTRA_DIST += docs/data.md
