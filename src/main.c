/* exports-mock: composition only; what the program does is in app/. */
int main(void)
{
    return 0;
}
