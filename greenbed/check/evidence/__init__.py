"""Claims: found in the code, made to report themselves, compared with what came out."""
