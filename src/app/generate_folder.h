/*
 * generate_folder: the folder that files are written to. They are made in a hidden folder inside
 * of it and moved out when all are complete, so that the folder never shows a part of the files or
 * a part of one, whatever happens.
 */
#ifndef APP_GENERATE_FOLDER_H
#define APP_GENERATE_FOLDER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/status.h"
#include "contract/entity.h"

/* Room for ".exports-mock-XXXXXX". */
#define HIDDEN_NAME_SIZE 21

/* Room for the longest name of a file: an entity type, a number and ".jsonl". */
#define FILE_NAME_SIZE 48

/* A value; release it with folder_release(). */
struct folder {
    const char *path; /* borrowed, for messages */
    int fd;
    int hidden_fd; /* -1: there is no hidden folder yet */
    char hidden[HIDDEN_NAME_SIZE];
    uint32_t file_counts[ENTITY_TYPE_COUNT]; /* made so far; their numbers begin with 1 */
};

/* Opens the folder; makes it, and those it lies in, if need be. */
enum status folder_open(struct folder *folder, const char *path, struct error *err) MUST_CHECK;

/*
 * STATUS_CONFLICT when the folder has a file of one of the types (wanted[type]) already, under any
 * number or none: the new ones together with the old would be no export.
 */
enum status folder_refuse_old(const struct folder *folder, const bool wanted[ENTITY_TYPE_COUNT],
                              struct error *err) MUST_CHECK;

/*
 * STATUS_IO when so many bytes are more than the disk has room for. A file system that compresses
 * is given the chance to prove the opposite.
 */
enum status folder_check_room(const struct folder *folder, uint64_t bytes,
                              struct error *err) MUST_CHECK;

/*
 * Makes the next file of a type in the hidden folder, with room for so many bytes where the file
 * system can give that; all of them must be written. Close it with folder_close_file().
 */
enum status folder_add_file(struct folder *folder, enum entity_type type, uint64_t bytes,
                            int *out_fd, struct error *err) MUST_CHECK;

/* Writes all of the bytes to the file of the type that was added last. */
enum status folder_write(const struct folder *folder, enum entity_type type, int fd,
                         const char *bytes, size_t length, struct error *err) MUST_CHECK;

/* Closes the file; STATUS_IO when that is when the system says that it could not be written. */
enum status folder_close_file(const struct folder *folder, enum entity_type type, int fd,
                              struct error *err) MUST_CHECK;

/* Gives all files their place. When one of them has been taken meanwhile, none is moved. */
enum status folder_publish(struct folder *folder, struct error *err) MUST_CHECK;

/* Removes the hidden folder with what is left in it. */
void folder_release(struct folder *folder);

#endif
