"""Red Cross 红十字: donations and aid."""
