window.YTD.tweet.part0 = [
  {
    "retweeted": false,
    "source": "<a href=\"https://example.org\" rel=\"nofollow\">Desk</a>",
    "entities": {
      "hashtags": [],
      "urls": [
        {
          "url": "https://t.co/aaaaaaaaaa",
          "expanded_url": "https://post.example/kunduz?a=1&b=2",
          "display_url": "…",
          "indices": [
            "1",
            "2"
          ]
        }
      ],
      "user_mentions": []
    },
    "display_text_range": [
      "0",
      "74"
    ],
    "favorite_count": "3",
    "id_str": "1424241481610166273",
    "id": "1424241481610166273",
    "truncated": false,
    "retweet_count": "1",
    "created_at": "Sun Aug 08 05:30:05 +0000 2021",
    "favorited": false,
    "full_text": "Shelling &amp; gunfire heard near the airport road in Kunduz this morning. https://t.co/aaaaaaaaaa",
    "lang": "en"
  },
  {
    "retweeted": false,
    "source": "<a href=\"https://example.org\" rel=\"nofollow\">Desk</a>",
    "entities": {
      "hashtags": [],
      "urls": [],
      "user_mentions": []
    },
    "display_text_range": [
      "0",
      "74"
    ],
    "favorite_count": "3",
    "id_str": "1424245277455286274",
    "id": "1424245277455286274",
    "truncated": false,
    "retweet_count": "1",
    "created_at": "Sun Aug 08 05:45:10 +0000 2021",
    "favorited": false,
    "full_text": "نیروهای امنیتی می‌گویند میدان هوایی کندز هنوز در دست آن‌هاست. #کندز",
    "lang": "fa"
  },
  {
    "retweeted": false,
    "source": "<a href=\"https://example.org\" rel=\"nofollow\">Desk</a>",
    "entities": {
      "hashtags": [],
      "urls": [],
      "user_mentions": []
    },
    "display_text_range": [
      "0",
      "74"
    ],
    "favorite_count": "3",
    "id_str": "1424246556718006275",
    "id": "1424246556718006275",
    "truncated": false,
    "retweet_count": "1",
    "created_at": "Sun Aug 08 05:50:15 +0000 2021",
    "favorited": false,
    "full_text": "@north_wire د کندز په ښار کې اوس هم جګړه روانه ده.",
    "lang": "ps",
    "in_reply_to_status_id": "1424245277455286274",
    "in_reply_to_status_id_str": "1424245277455286274",
    "in_reply_to_screen_name": "north_wire"
  },
  {
    "retweeted": false,
    "source": "<a href=\"https://example.org\" rel=\"nofollow\">Desk</a>",
    "entities": {
      "hashtags": [],
      "urls": [],
      "user_mentions": []
    },
    "display_text_range": [
      "0",
      "74"
    ],
    "favorite_count": "3",
    "id_str": "1424251610854326276",
    "id": "1424251610854326276",
    "truncated": false,
    "retweet_count": "1",
    "created_at": "Sun Aug 08 06:10:20 +0000 2021",
    "favorited": false,
    "full_text": "RT @north_wire: Police in Kunduz say the southern gate of the city is closed to traffic, that shops on the main square have stayed shut sin…",
    "lang": "en"
  },
  {
    "retweeted": false,
    "source": "<a href=\"https://example.org\" rel=\"nofollow\">Desk</a>",
    "entities": {
      "hashtags": [],
      "urls": [
        {
          "url": "https://t.co/bbbbbbbbbb",
          "expanded_url": "https://twitter.com/north_wire/status/1424022517969846281",
          "display_url": "…",
          "indices": [
            "1",
            "2"
          ]
        }
      ],
      "user_mentions": []
    },
    "display_text_range": [
      "0",
      "74"
    ],
    "favorite_count": "3",
    "id_str": "1424254148408246277",
    "id": "1424254148408246277",
    "truncated": false,
    "retweet_count": "1",
    "created_at": "Sun Aug 08 06:20:25 +0000 2021",
    "favorited": false,
    "full_text": "This was yesterday. Today the same road is empty. https://t.co/bbbbbbbbbb",
    "lang": "en"
  },
  {
    "retweeted": false,
    "source": "<a href=\"https://example.org\" rel=\"nofollow\">Desk</a>",
    "entities": {
      "urls": [
        {
          "url": "https://t.co/dddddddddd",
          "expanded_url": "https://twitter.com/i/web/status/1424256685962166278",
          "display_url": "…",
          "indices": [
            "1",
            "2"
          ]
        }
      ]
    },
    "display_text_range": [
      "0",
      "74"
    ],
    "favorite_count": "3",
    "id_str": "1424256685962166278",
    "id": "1424256685962166278",
    "truncated": false,
    "retweet_count": "1",
    "created_at": "Sun Aug 08 06:30:30 +0000 2021",
    "favorited": false,
    "full_text": "Thread for colleagues who arrive late: the market in Kunduz city is closed, the road to the airport is open to the army only, the hospital asks for blood of all groups, and the council meets at noon. Two members of the council told us that they do no… https://t.co/dddddddddd",
    "lang": "en"
  }
];
