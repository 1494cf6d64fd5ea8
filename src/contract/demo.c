#include "contract/demo.h"

static const struct enterprise enterprises[] = {
    /* 851df8c8-90f2-4c4a-8e01-a4fc46b25178 of 8ddea57b-6a5c-4eec-8c4c-24467dce118e */
    [PRICING_GROSS] = {{{0x85, 0x1d, 0xf8, 0xc8, 0x90, 0xf2, 0x4c, 0x4a, 0x8e, 0x01, 0xa4, 0xfc,
                         0x46, 0xb2, 0x51, 0x78}},
                       {{0x8d, 0xde, 0xa5, 0x7b, 0x6a, 0x5c, 0x4e, 0xec, 0x8c, 0x4c, 0x24, 0x46,
                         0x7d, 0xce, 0x11, 0x8e}},
                       PRICING_GROSS},
    /*
     * 5b1f4c0e-7d52-4a36-9f08-ab43009450c0 of c2a96e17-31f8-4d0b-b5e4-ab4300944f94: not published,
     * so assumed, in the form of ids of the platform (protocol.json, serialization.id_pattern).
     */
    [PRICING_NET] = {{{0x5b, 0x1f, 0x4c, 0x0e, 0x7d, 0x52, 0x4a, 0x36, 0x9f, 0x08, 0xab, 0x43, 0x00,
                       0x94, 0x50, 0xc0}},
                     {{0xc2, 0xa9, 0x6e, 0x17, 0x31, 0xf8, 0x4d, 0x0b, 0xb5, 0xe4, 0xab, 0x43, 0x00,
                       0x94, 0x4f, 0x94}},
                     PRICING_NET},
};

#define GROSS &enterprises[PRICING_GROSS]
#define NET   &enterprises[PRICING_NET]

#define CLIENT_1 "E0D439EE522F44368DC78E1BFB03710C-D24FB11DBE31D4621C4817E028D9E1D"
#define CLIENT_2 "E916C341431C4D28A866AD200152DBD3-A046EB5583FFBE94DE1172237763712"
#define CLIENT_3 "2CC71B0660F345019882AD200155B4FE-4A1FC9080A4DD2A404734003674F77E"
#define CLIENT_4 "07AB1F14B55C49B8BDD6AD200158423B-273A4497AFF5E20566D7199DB3DC2BA"

static const struct demo_pair pairs[] = {
    {CLIENT_1, "C66EF7B239D24632943D115EDE9CB810-EA00F8FD8294692C940F6B5A8F9453D", GROSS},
    {CLIENT_1, "4D6C7ABE0E6A4681B0AFB16900AE5D86-DF50CBC89E1D4FF5859DDF021649ED5", NET},
    {CLIENT_2, "CC150C355D6A4048A220AD20015483AB-B6D09C0C84B09538077CB8FFBB907B4", GROSS},
    {CLIENT_2, "1AEFA58C55E74D65BDC7AD2001564C12-66633E0B736F523379B9E5966165A55", NET},
    {CLIENT_3, "5F56B9903A834F199E28AD20015E58CA-5C6A1A00550634911534AD6A098E8B7", GROSS},
    {CLIENT_3, "682C235379B64D909941AD2001577525-BFC60A026081F1350FAA99CAB9F7510", NET},
    {CLIENT_4, "39E301DD5A1C4A569087AD20015F60DD-50DC28896E9090CCA0995C9BBD90351", GROSS},
    {CLIENT_4, "BFD4298010F54B069F3DAD20015D53EA-D5561FADFBA4EFC8EA4C179C6BC461F", NET},
    /* of the seed era */
    {CLIENT_1, "7059D2C25BF64EA681ACAB3A00B859CC-D91BFF2B1E3047A3E0DEC1D57BE1382", NET},
};

size_t demo_pair_count(void)
{
    return sizeof pairs / sizeof *pairs;
}

const struct demo_pair *demo_pair_at(size_t index)
{
    return &pairs[index];
}

const struct enterprise *demo_enterprise(enum pricing pricing)
{
    return &enterprises[pricing];
}
