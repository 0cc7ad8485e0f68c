window.YTD.tweets.part0 = [
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1424689467951722497"
          ],
          "editableUntil": "2021-08-09T11:40:13.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": [
          {
            "url": "https://t.co/991b6d7a73",
            "expanded_url": "https://twitter.com/i/web/status/1424689467951722497",
            "display_url": "twitter.com/i/web/status/…",
            "indices": [
              "269",
              "292"
            ]
          }
        ]
      },
      "display_text_range": [
        "0",
        "292"
      ],
      "favorite_count": "81",
      "id_str": "1424689467951722497",
      "truncated": false,
      "retweet_count": "53",
      "id": "1424689467951722497",
      "created_at": "Mon Aug 09 11:10:13 +0000 2021",
      "favorited": false,
      "full_text": "Aybak, from a phone call with a lecturer there, lightly shortened: “The elders went to the governor at night. In the morning the police took off their uniforms. At nine the first motorcycles came, perhaps forty men. They were polite. They asked where the bank was. My… https://t.co/991b6d7a73",
      "lang": "en",
      "possibly_sensitive": false
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1424621620835688449"
          ],
          "editableUntil": "2021-08-09T07:10:37.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "158"
      ],
      "favorite_count": "74",
      "id_str": "1424621620835688449",
      "truncated": false,
      "retweet_count": "48",
      "id": "1424621620835688449",
      "created_at": "Mon Aug 09 06:40:37 +0000 2021",
      "favorited": false,
      "full_text": "People in Mazar are calm this morning, markets open. No fighting here. The nearest front is half an hour's drive away, says my driver, who came in from there.",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1424392544673894401"
          ],
          "editableUntil": "2021-08-08T16:00:21.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "121"
      ],
      "favorite_count": "67",
      "id_str": "1424392544673894401",
      "truncated": false,
      "retweet_count": "43",
      "id": "1424392544673894401",
      "created_at": "Sun Aug 08 15:30:21 +0000 2021",
      "favorited": false,
      "full_text": "Five provincial capitals in three days. A colleague in Mazar: “Everyone asks the same question and nobody says it aloud.”",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1424295610059620353"
          ],
          "editableUntil": "2021-08-08T09:35:10.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "161"
      ],
      "favorite_count": "60",
      "id_str": "1424295610059620353",
      "truncated": false,
      "retweet_count": "38",
      "id": "1424295610059620353",
      "created_at": "Sun Aug 08 09:05:10 +0000 2021",
      "favorited": false,
      "full_text": "Kunduz, a woman near the silo, just now: “We sit in the cellar, eleven of us. I hear only drones.” Airport still with the army, she says her cousin serves there.",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1424095633978978305"
          ],
          "editableUntil": "2021-08-07T20:20:32.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "133"
      ],
      "favorite_count": "53",
      "id_str": "1424095633978978305",
      "truncated": false,
      "retweet_count": "33",
      "id": "1424095633978978305",
      "created_at": "Sat Aug 07 19:50:32 +0000 2021",
      "favorited": false,
      "full_text": "Two residents of Sheberghan tell me of very large explosions tonight. “The whole house jumped,” one says. Both believe it was a B-52.",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1423724341551456257"
          ],
          "editableUntil": "2021-08-06T19:45:09.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "123"
      ],
      "favorite_count": "46",
      "id_str": "1423724341551456257",
      "truncated": false,
      "retweet_count": "28",
      "id": "1423724341551456257",
      "created_at": "Fri Aug 06 19:15:09 +0000 2021",
      "favorited": false,
      "full_text": "Kabul tonight: long queues at the passport office and at money changers. An old man said to me: “We have seen this before.”",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1423634994433118209"
          ],
          "editableUntil": "2021-08-06T13:50:07.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "136"
      ],
      "favorite_count": "39",
      "id_str": "1423634994433118209",
      "truncated": false,
      "retweet_count": "23",
      "id": "1423634994433118209",
      "created_at": "Fri Aug 06 13:20:07 +0000 2021",
      "favorited": false,
      "full_text": "A teacher in Zaranj, on the phone just now: “White flags on the governor's house. People stay indoors.” He asked me not to use his name.",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1423265467807580161"
          ],
          "editableUntil": "2021-08-05T13:21:45.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "136"
      ],
      "favorite_count": "32",
      "id_str": "1423265467807580161",
      "truncated": false,
      "retweet_count": "18",
      "id": "1423265467807580161",
      "created_at": "Thu Aug 05 12:51:45 +0000 2021",
      "favorited": false,
      "full_text": "Herat has NOT fallen. I just drove from the citadel to the bazaar, both are calm and in government hands. Please stop spreading rumours.",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1422880627778138113"
          ],
          "editableUntil": "2021-08-04T11:52:32.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "165"
      ],
      "favorite_count": "25",
      "id_str": "1422880627778138113",
      "truncated": false,
      "retweet_count": "13",
      "id": "1422880627778138113",
      "created_at": "Wed Aug 04 11:22:32 +0000 2021",
      "favorited": false,
      "full_text": "Spoke to a baker in the south of Herat city: “I bake half of what I used to, the other half of my street has gone to Islam Qala.” Fighting is still outside the city.",
      "lang": "en"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1422589329116504065"
          ],
          "editableUntil": "2021-08-03T16:35:01.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "140"
      ],
      "favorite_count": "18",
      "id_str": "1422589329116504065",
      "truncated": false,
      "retweet_count": "8",
      "id": "1422589329116504065",
      "created_at": "Tue Aug 03 16:05:01 +0000 2021",
      "favorited": false,
      "full_text": "Gunfire still going near the Green Zone in Kabul. Police tell me the target is the house of the acting defence minister. He was not at home.",
      "lang": "en",
      "in_reply_to_status_id": "1422582588815446017",
      "in_reply_to_status_id_str": "1422582588815446017",
      "in_reply_to_user_id": "872233445566778899",
      "in_reply_to_user_id_str": "872233445566778899",
      "in_reply_to_screen_name": "parwana_reports"
    }
  },
  {
    "tweet": {
      "edit_info": {
        "initial": {
          "editTweetIds": [
            "1422582588815446017"
          ],
          "editableUntil": "2021-08-03T16:08:14.000Z",
          "editsRemaining": "5",
          "isEditEligible": true
        }
      },
      "retweeted": false,
      "source": "<a href=\"https://mobile.twitter.com\" rel=\"nofollow\">Twitter Web App</a>",
      "entities": {
        "hashtags": [],
        "symbols": [],
        "user_mentions": [],
        "urls": []
      },
      "display_text_range": [
        "0",
        "109"
      ],
      "favorite_count": "11",
      "id_str": "1422582588815446017",
      "truncated": false,
      "retweet_count": "3",
      "id": "1422582588815446017",
      "created_at": "Tue Aug 03 15:38:14 +0000 2021",
      "favorited": false,
      "full_text": "Huge explosion in Kabul a few minutes ago, I am about two kilometres away and the windows shook. Gunfire now.",
      "lang": "en"
    }
  }
]
