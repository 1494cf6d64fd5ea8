#include "trial/matrix.h"

#include <stdlib.h>

void matrix_release(struct matrix *matrix)
{
    for (size_t i = 0; i < matrix->count; i++)
        cell_release(&matrix->cells[i]);
    free(matrix->cells);
    *matrix = (struct matrix){.cells = NULL};
}

size_t matrix_passed(const struct matrix *matrix)
{
    size_t passed = 0;

    for (size_t i = 0; i < matrix->count; i++)
        passed += matrix->cells[i].passed;
    return passed;
}

bool matrix_is_passed(const struct matrix *matrix)
{
    return matrix->count == matrix->planned_count && matrix_passed(matrix) == matrix->count;
}
