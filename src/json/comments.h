/*
 * comments: JSON with comments, as people write scenarios, made JSON.
 */
#ifndef JSON_COMMENTS_H
#define JSON_COMMENTS_H

#include <stddef.h>

/*
 * Overwrites line comments (to the end of the line) and block comments with spaces; line ends stay,
 * so that places in messages stay right. What stands in strings is left alone. A block comment that
 * is not closed reaches to the end of the text.
 */
void json_blank_comments(char *text, size_t length);

#endif
