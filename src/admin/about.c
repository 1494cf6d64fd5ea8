/* What kind of server this is, for who looks on. */
#include "admin/answer.h"
#include "admin/routes.h"
#include "contract/demo.h"
#include "contract/entity.h"

/* The public demo tokens; nothing secret is in them. */
static void write_demo(struct json_writer *json)
{
    json_begin_array(json, "demoTokens");
    for (size_t i = 0; i < demo_pair_count(); i++) {
        const struct demo_pair *pair = demo_pair_at(i);

        json_begin_object(json, NULL);
        json_write_text(json, "ClientToken", pair->client_token);
        json_write_text(json, "AccessToken", pair->access_token);
        json_write_text(json, "pricing",
                        pair->enterprise->pricing == PRICING_GROSS ? "gross" : "net");
        json_end_object(json);
    }
    json_end_array(json);
}

void admin_about(struct admin_call *call)
{
    const struct api_config *config = &call->admin->api->config;
    struct json_writer json = admin_answer_json(call);

    json_begin_object(&json, NULL);
    json_write_text(&json, "version", call->admin->config.version);
    json_write_date(&json, "apiDate", config->revision->day);
    json_write_bool(&json, "strict", config->strict);
    json_begin_array(&json, "entityTypes");
    for (int i = 0; i < ENTITY_TYPE_COUNT; i++)
        json_write_text(&json, NULL, entity_name((enum entity_type)i));
    json_end_array(&json);
    write_demo(&json);
    json_end_object(&json);
}
