"""Exchange rates: their tab in the settings, and what is said of converted figures."""
