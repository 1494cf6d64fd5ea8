#include "data/shelf.h"

#include "data/design.h"

void shelf_init(struct shelf *shelf, const struct dataset_config *config)
{
    *shelf = (struct shelf){.config = config, .scale = scale_choose(config)};
}

/* The design is thrown away again: it is quickly made and larger than most blocks. */
static struct block *make_block(struct shelf *shelf, enum pricing pricing, enum entity_type type)
{
    const struct dataset_config *config = shelf->config;
    struct hotel *hotel =
        design_hotel(config->seed, pricing, config->api_day, shelf->scale.period_days);
    struct block *block = block_new(hotel, &shelf->scale, type, config->hazards);

    shelf->facts[pricing] = hotel_facts(hotel);
    hotel_free(hotel);
    return block;
}

const struct block *shelf_get(struct shelf *shelf, enum pricing pricing, enum entity_type type)
{
    struct block **place = &shelf->blocks[pricing][type];

    if (!*place)
        *place = make_block(shelf, pricing, type);
    return *place;
}

size_t shelf_memory(const struct shelf *shelf)
{
    size_t bytes = 0;

    for (int pricing = 0; pricing < PRICING_COUNT; pricing++)
        for (int type = 0; type < ENTITY_TYPE_COUNT; type++)
            if (shelf->blocks[pricing][type])
                bytes += block_memory(shelf->blocks[pricing][type]);
    return bytes;
}

void shelf_trim(struct shelf *shelf)
{
    for (int pricing = 0; pricing < PRICING_COUNT; pricing++) {
        for (int type = 0; type < ENTITY_TYPE_COUNT; type++) {
            block_free(shelf->blocks[pricing][type]);
            shelf->blocks[pricing][type] = NULL;
        }
    }
}
