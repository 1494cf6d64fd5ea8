/*
 * dump: writes an export, or a part of it, to standard output. What the checks of this folder
 * call; see check_windows.py for the meaning of the options.
 */
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/timestamp.h"
#include "data/dataset.h"

#define CHUNK_BYTES     (256 * 1024)
#define MAX_ENTERPRISES 64

struct request {
    struct dataset_config config;
    struct dataset_query query;
    struct enterprise enterprises[MAX_ENTERPRISES];
    const char *pricing;
    bool has_file;
    uint32_t file;
    bool has_range;
    uint64_t range_start;
    uint64_t range_bytes;
};

static void fail(const char *what, const char *value)
{
    fprintf(stderr, "dump: %s: %s\n", what, value);
    exit(2);
}

static uint64_t number(const char *text)
{
    char *end;
    unsigned long long value;

    errno = 0;
    value = strtoull(text, &end, 10);
    if (errno || end == text || *end)
        fail("not a number", text);
    return value;
}

static int32_t day_of(const char *text)
{
    struct civil_date date;

    if (sscanf(text, "%4d-%2d-%2d", &date.year, &date.month, &date.day) != 3)
        fail("not a date", text);
    return day_from_civil(date);
}

static int64_t instant_of(const char *text)
{
    int hour, minute, second;

    if (sscanf(text + strcspn(text, "T"), "T%2d:%2d:%2dZ", &hour, &minute, &second) != 3)
        fail("not an instant", text);
    return day_of(text) * MS_PER_DAY + ((hour * 60 + minute) * 60 + second) * MS_PER_SECOND;
}

static enum dataset_size size_of(const char *text)
{
    for (int size = 0; size < SIZE_COUNT; size++)
        if (strcmp(dataset_size_name((enum dataset_size)size), text) == 0)
            return (enum dataset_size)size;
    fail("unknown size", text);
    return SIZE_COUNT;
}

static enum entity_type type_of(const char *text, size_t length)
{
    enum entity_type type;

    if (!entity_find(text, length, &type))
        fail("unknown type", text);
    return type;
}

static void set_rows(struct request *request, const char *text)
{
    size_t length = strcspn(text, "=");

    if (text[length] != '=')
        fail("not TYPE=N", text);
    request->config.rows[type_of(text, length)] = (int64_t)number(text + length + 1);
}

/* Two enterprises share a chain. */
static void make_enterprises(struct request *request)
{
    static const struct uuid space = {"tests/data/dump"};

    for (uint32_t i = 0; i < request->query.enterprise_count; i++) {
        struct enterprise *enterprise = &request->enterprises[i];
        char name[32];
        bool net = request->pricing[0] == 'n' || (request->pricing[0] == 'm' && i % 2);

        snprintf(name, sizeof name, "enterprise %u", (unsigned)i);
        enterprise->id = uuid_from_name(&space, name, strlen(name));
        snprintf(name, sizeof name, "chain %u", (unsigned)i / 2);
        enterprise->chain_id = uuid_from_name(&space, name, strlen(name));
        enterprise->pricing = net ? PRICING_NET : PRICING_GROSS;
    }
    request->query.enterprises = request->enterprises;
}

static const struct option long_options[] = {
    {"api-date", required_argument, NULL, 'd'},    {"pricing", required_argument, NULL, 'p'},
    {"enterprises", required_argument, NULL, 'e'}, {"rows", required_argument, NULL, 'r'},
    {"max-file", required_argument, NULL, 'm'},    {"file", required_argument, NULL, 'f'},
    {"updated", required_argument, NULL, 'u'},     {"posting", required_argument, NULL, 'o'},
    {"range", required_argument, NULL, 'g'},       {NULL, 0, NULL, 0},
};

/* The second word of an option that has two. */
static const char *second_word(int argc, char **argv)
{
    if (optind >= argc)
        fail("one more value is needed after", argv[argc - 1]);
    return argv[optind++];
}

static void read_option(struct request *request, int option, int argc, char **argv)
{
    struct dataset_query *query = &request->query;

    switch (option) {
    case 'd':
        request->config.api_day = day_of(optarg);
        break;
    case 'p':
        request->pricing = optarg;
        break;
    case 'e':
        query->enterprise_count = number(optarg);
        if (query->enterprise_count > MAX_ENTERPRISES)
            fail("too many enterprises", optarg);
        break;
    case 'r':
        set_rows(request, optarg);
        break;
    case 'm':
        request->config.max_file_bytes = number(optarg);
        break;
    case 'f':
        request->has_file = true;
        request->file = (uint32_t)number(optarg);
        break;
    case 'u':
        query->has_updated = true;
        query->updated_start_ms = instant_of(optarg);
        query->updated_end_ms = instant_of(second_word(argc, argv));
        break;
    case 'o':
        query->has_posting = true;
        query->posting_start_day = day_of(optarg);
        query->posting_end_day = day_of(second_word(argc, argv));
        break;
    case 'g':
        request->has_range = true;
        request->range_start = number(optarg);
        request->range_bytes = number(second_word(argc, argv));
        break;
    default:
        exit(2);
    }
}

static void read_request(struct request *request, int argc, char **argv)
{
    int option;

    if (argc < 5) {
        fprintf(stderr, "usage: dump TYPE SEED SIZE AS_OF [OPTIONS]\n");
        exit(2);
    }
    request->query.entity_type = type_of(argv[1], strlen(argv[1]));
    request->query.enterprise_count = 1;
    request->query.as_of_ms = instant_of(argv[4]);
    request->config.seed = number(argv[2]);
    request->config.size = size_of(argv[3]);
    request->config.max_file_bytes = INT64_MAX;
    request->config.api_day = day_from_civil((struct civil_date){2026, 8, 7});
    request->pricing = "gross";
    for (int type = 0; type < ENTITY_TYPE_COUNT; type++)
        request->config.rows[type] = -1;
    optind = 5;
    while ((option = getopt_long(argc, argv, "", long_options, NULL)) != -1)
        read_option(request, option, argc, argv);
    make_enterprises(request);
}

/* Writes the part of file that the request asks for. */
static void write_file(const struct request *request, struct source *file)
{
    static char chunk[CHUNK_BYTES];
    uint64_t at = 0, end = file->size_bytes;

    if (request->has_range) {
        at = request->range_start < end ? request->range_start : end;
        end = request->range_bytes < end - at ? at + request->range_bytes : end;
    }
    while (at < end) {
        size_t length = end - at < sizeof chunk ? (size_t)(end - at) : sizeof chunk;

        if (file->read_at(file->state, at, chunk, length) != STATUS_OK ||
            fwrite(chunk, 1, length, stdout) != length)
            fail("cannot write", strerror(errno));
        at += length;
    }
}

int main(int argc, char **argv)
{
    static struct request request;
    struct dataset *dataset;
    uint32_t first = 0, end;

    read_request(&request, argc, argv);
    dataset = dataset_new(&request.config);
    end = dataset_file_count(dataset, &request.query);
    if (request.has_file) {
        first = request.file;
        if (first >= end)
            fail("no such file", "");
        end = first + 1;
    }
    for (uint32_t i = first; i < end; i++) {
        struct source file = dataset_file_open(dataset, &request.query, i);

        write_file(&request, &file);
        source_release(&file);
    }
    dataset_free(dataset);
    return 0;
}
