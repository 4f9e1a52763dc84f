/* Exports nothing that a host knows. */
int another_symbol = 1;
